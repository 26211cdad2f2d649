/** The specification that the verbs use by default. */
// oxlint-disable-next-line import/no-default-export -- it is loaded like any other specification
export { default } from '../sprite/specification.ts';
