export { createSts } from './sts';
