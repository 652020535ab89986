/** Roll-outs as the command line has them: definitions in files, commands that are answered, how they are as of now. */
package io.millrace.local.rollout;
