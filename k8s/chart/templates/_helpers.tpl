{{/* The jobs and topics that the build knows of; written from each job's META-INF/millrace/job.json. */}}
{{- define "millrace.catalog" -}}
{{- .Files.Get "files/jobs.json" -}}
{{- end -}}

{{/* What a job is told: the defaults, and over them its own. Takes a list: the root, the job's name. */}}
{{- define "millrace.job" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- if not (hasKey $root.Values.jobs $name) -}}
{{- fail (printf "jobs.%s is missing from the values: every job of the build has to be there, if only as {enabled: false}" $name) -}}
{{- end -}}
{{- mergeOverwrite (deepCopy $root.Values.defaults) (deepCopy (index $root.Values.jobs $name | default dict)) | toYaml -}}
{{- end -}}

{{/* Labels of everything; takes the root. */}}
{{- define "millrace.labels" -}}
app.kubernetes.io/part-of: millrace
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
millrace/environment: {{ required "environment: which one is it?" .Values.environment }}
{{- end -}}

{{/* Labels of what belongs to a job; takes a list: the root, the job's name. */}}
{{- define "millrace.jobLabels" -}}
{{ include "millrace.labels" (index . 0) }}
app.kubernetes.io/name: millrace-{{ index . 1 }}
millrace/job: {{ index . 1 }}
{{- end -}}

{{/* An image; takes a list: the root, the job's name. */}}
{{- define "millrace.image" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $repository := required "image.repository: where are the images?" $root.Values.image.repository -}}
{{- $digest := index $root.Values.image.digests $name -}}
{{- if $digest -}}
{{ $repository }}/millrace-{{ $name }}@{{ $digest }}
{{- else -}}
{{ $repository }}/millrace-{{ $name }}:{{ required "image.tag: which commit is to run?" $root.Values.image.tag }}
{{- end -}}
{{- end -}}

{{- define "millrace.bootstrapServers" -}}
{{- if eq .Values.kafka.kind "strimzi" -}}
millrace-kafka-bootstrap.{{ .Release.Namespace }}.svc:9093
{{- else -}}
{{ required "kafka.bootstrapServers: where is the cluster?" .Values.kafka.bootstrapServers }}
{{- end -}}
{{- end -}}

{{/* The secret with sasl.jaas.config. Strimzi names it as the user. Takes the job's name. */}}
{{- define "millrace.kafkaSecret" -}}
{{ . }}-job
{{- end -}}

{{/* What Pod Security "restricted" asks of a pod. Flink's image has the user 9999. */}}
{{- define "millrace.podSecurity" -}}
runAsNonRoot: true
runAsUser: 9999
runAsGroup: 9999
fsGroup: 9999
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "millrace.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end -}}
