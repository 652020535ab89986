/** What shows within a minute whether a platform does its work; asked from outside, as a service would. */
package io.millrace.local.smoke;
