/** Everything in the repository that is generated, in its place or, to compare, in the folder that is given. */
import './generate-conformance.ts';
import './generate-crds.ts';
