/** The specification that the verbs work with where nobody names another one. */
// oxlint-disable-next-line import/no-default-export -- it is loaded like any other specification
export { default } from '../sprite/specification.ts';
