/** The list of stored traces: without it a missing trace would not be noticed. */
import { nameList } from '../files/stored-name-list.ts';

export const storyList = nameList({ expected: 'a list of the files of stories', longest: 500 });
