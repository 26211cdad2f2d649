/** The list of stored stories: a story that is gone breaks nothing, and nobody would miss it. */
import { nameList } from '../files/stored-name-list.ts';

export const storyList = nameList({ expected: 'a list of the files of stories', longest: 500 });
