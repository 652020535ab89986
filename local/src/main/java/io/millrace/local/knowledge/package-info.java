/**
 * Documents that customers are answered from: as somebody wrote them down, and as they are published. How they are
 * searched is the matter of the agent {@code knowledge}.
 */
package io.millrace.local.knowledge;
