{{/*
Flink's and the operator's settings of a job, in the order in which they win: the common ones, what follows from the other
values, the job's own. Takes a dict: root, name, job.
*/}}
{{- define "millrace.flinkConfiguration" -}}
{{- $root := .root -}}
{{- $job := .job -}}
{{- $storage := printf "%s/%s" (required "storage.root: where do checkpoints go?" $root.Values.storage.root | trimSuffix "/") .name -}}
{{- $derived := dict
    "taskmanager.numberOfTaskSlots" (toString $job.slots)
    "execution.checkpointing.interval" $job.checkpointInterval
    "execution.checkpointing.dir" (printf "%s/checkpoints" $storage)
    "execution.checkpointing.savepoint-dir" (printf "%s/savepoints" $storage)
    "high-availability.type" "kubernetes"
    "high-availability.storageDir" (printf "%s/ha" $storage)
    "io.tmp.dirs" "/flink-tmp"
    "taskmanager.rpc.port" "6122"
    "taskmanager.data.port" "6121"
    "blob.server.port" "6124"
    "metrics.reporters" "prometheus"
    "metrics.reporter.prometheus.factory.class" "org.apache.flink.metrics.prometheus.PrometheusReporterFactory"
    "metrics.reporter.prometheus.port" "9249"
    "kubernetes.operator.job.upgrade.last-state-fallback.enabled" "false"
    "kubernetes.operator.job.savepoint-on-deletion" "true"
    "kubernetes.operator.snapshot.resource.enabled" "true"
    "kubernetes.operator.periodic.savepoint.interval" $root.Values.snapshots.schedule
    "kubernetes.operator.savepoint.history.max.age" $root.Values.snapshots.keepFor
    "kubernetes.operator.savepoint.history.max.count" (toString $root.Values.snapshots.keepCount)
-}}
{{- if $job.autoscaler.enabled -}}
{{- $_ := mergeOverwrite $derived (dict
    "jobmanager.scheduler" "adaptive"
    "job.autoscaler.enabled" "true"
    "job.autoscaler.vertex.min-parallelism" (toString $job.autoscaler.min)
    "job.autoscaler.vertex.max-parallelism" (toString $job.autoscaler.max)
    "job.autoscaler.utilization.target" (toString $job.autoscaler.utilization)
    "job.autoscaler.stabilization.interval" "5 min"
    "job.autoscaler.metrics.window" "10 min"
    "job.autoscaler.restart.time" "2 min") -}}
{{- end -}}
{{- if eq $root.Values.storage.kind "azure" -}}
{{- $host := printf "%s.dfs.core.windows.net" (required "storage.account: which storage account?" $root.Values.storage.account) -}}
{{- $_ := mergeOverwrite $derived (dict
    (printf "fs.azure.account.auth.type.%s" $host) "Custom"
    (printf "fs.azure.account.oauth.provider.type.%s" $host) "io.millrace.azure.WorkloadIdentityTokens") -}}
{{- else -}}
{{- $_ := mergeOverwrite $derived (dict
    "s3.aws.credentials.provider" "com.amazonaws.auth.WebIdentityTokenCredentialsProvider"
    "s3.endpoint.region" (required "storage.region: in which region is the bucket?" $root.Values.storage.region)) -}}
{{- with $root.Values.storage.endpoint -}}
{{- $_ := set $derived "s3.endpoint" . -}}
{{- end -}}
{{- end -}}
{{- mergeOverwrite (deepCopy $root.Values.flinkConfiguration) $derived (deepCopy $job.flinkConfiguration) | toYaml -}}
{{- end -}}

{{/* A job's program arguments. Takes a dict: root, name, job. */}}
{{- define "millrace.arguments" -}}
{{- $settings := mergeOverwrite (dict
    "kafka.bootstrap-servers" (include "millrace.bootstrapServers" .root)
    "kafka.properties-file" "/opt/millrace/kafka/client.properties") .job.settings -}}
{{- range $key, $value := $settings }}
- --{{ $key }}
- {{ $value | toString | quote }}
{{- end -}}
{{- end -}}

{{/* What a pod of a job mounts. Takes a dict: root, name, job. */}}
{{- define "millrace.volumes" -}}
- name: plugins
  emptyDir: {}
- name: flink-tmp
  emptyDir: {}
- name: tmp
  emptyDir: {}
- name: flink-log
  emptyDir: {}
- name: kafka-properties
  configMap: {name: millrace-kafka-client}
- name: kafka-credentials
  secret: {secretName: {{ include "millrace.kafkaSecret" .name }}, defaultMode: 288}
{{- if .root.Values.kafka.privateCa }}
- name: kafka-ca
  secret:
    secretName: {{ .root.Values.kafka.caSecret }}
    defaultMode: 288
    items: [{key: ca.crt, path: ca.crt}]
{{- end }}
{{- $name := .name }}
{{- range $directory, $files := .job.secrets }}
{{- if $files }}
- name: secret-{{ $directory }}
  secret: {secretName: millrace-{{ $name }}-{{ $directory }}, defaultMode: 288}
{{- end }}
{{- end }}
{{- end -}}

{{- define "millrace.volumeMounts" -}}
- {name: plugins, mountPath: /opt/flink/plugins, readOnly: true}
- {name: flink-tmp, mountPath: /flink-tmp}
- {name: tmp, mountPath: /tmp}
- {name: flink-log, mountPath: /opt/flink/log}
- {name: kafka-properties, mountPath: /opt/millrace/kafka, readOnly: true}
- {name: kafka-credentials, mountPath: /opt/millrace/kafka-credentials, readOnly: true}
{{- if .root.Values.kafka.privateCa }}
- {name: kafka-ca, mountPath: /opt/millrace/kafka-ca, readOnly: true}
{{- end }}
{{- range $directory, $files := .job.secrets }}
{{- if $files }}
- {name: secret-{{ $directory }}, mountPath: /opt/millrace/secrets/{{ $directory }}, readOnly: true}
{{- end }}
{{- end }}
{{- end -}}

{{/* Keeps the pods of one component apart. Takes a dict: root, name, component. */}}
{{- define "millrace.spread" -}}
{{- $selector := printf "{app: millrace-%s, component: %s}" .name .component -}}
- maxSkew: 1
  topologyKey: kubernetes.io/hostname
  whenUnsatisfiable: ScheduleAnyway
  labelSelector: {matchLabels: {{ $selector }}}
{{- if .root.Values.topologySpread.zones }}
- maxSkew: 1
  topologyKey: topology.kubernetes.io/zone
  whenUnsatisfiable: ScheduleAnyway
  labelSelector: {matchLabels: {{ $selector }}}
{{- end }}
{{- end -}}
