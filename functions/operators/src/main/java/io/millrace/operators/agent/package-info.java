/**
 * The agents job's operators: they remember what calls, gates and the registry are at, and carry out what the logic
 * decides about them. They call nobody; that is done between them and the topic of outcomes.
 */
package io.millrace.operators.agent;
