package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"github.com/ray-project/kuberay/ray-operator/controllers/ray/common"
	"github.com/ray-project/kuberay/ray-operator/controllers/ray/utils"
	batchv1 "k8s.io/api/batch/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// pods are those that the operator would make of an object at its first look: the head and one of each group, and the Job
// that submits. How they are put together follows the operator's reconcilers; what is in them is its own functions' work.
func pods(line []byte) []any {
	var object struct {
		metav1.TypeMeta   `json:",inline"`
		metav1.ObjectMeta `json:"metadata"`
	}
	must(json.Unmarshal(line, &object))
	switch object.Kind {
	case "RayCluster":
		made := rayv1.RayCluster{}
		must(json.Unmarshal(line, &made))
		return clusterPods(made)
	case "RayService":
		made := rayv1.RayService{}
		must(json.Unmarshal(line, &made))
		return clusterPods(childOf(object.ObjectMeta, utils.RayServiceCRD, &made.Spec.RayClusterSpec))
	case "RayJob":
		made := rayv1.RayJob{}
		must(json.Unmarshal(line, &made))
		return jobPods(made)
	case "RayCronJob":
		made := rayv1.RayCronJob{}
		must(json.Unmarshal(line, &made))
		return jobPods(rayv1.RayJob{ObjectMeta: object.ObjectMeta, Spec: made.Spec.JobTemplate})
	}
	must(fmt.Errorf("kind %q is not of ray.io", object.Kind))
	return nil
}

func must(err error) {
	if err != nil {
		fail(err)
	}
}

func childOf(parent metav1.ObjectMeta, kind utils.CRDType, spec *rayv1.RayClusterSpec) rayv1.RayCluster {
	labels := map[string]string{}
	for name, value := range parent.Labels {
		labels[name] = value
	}
	labels[utils.RayOriginatedFromCRDLabelKey] = utils.RayOriginatedFromCRDLabelValue(kind)
	meta := metav1.ObjectMeta{
		Name: parent.Name, Namespace: parent.Namespace, Labels: labels, Annotations: parent.Annotations,
	}
	return rayv1.RayCluster{ObjectMeta: meta, Spec: *spec.DeepCopy()}
}

func jobPods(job rayv1.RayJob) []any {
	own := job.Spec.RayClusterSpec
	cluster := rayv1.RayCluster{ObjectMeta: metav1.ObjectMeta{Namespace: job.Namespace}}
	found := []any{}
	if own != nil {
		cluster = childOf(job.ObjectMeta, utils.RayJobCRD, own)
		if job.Spec.SubmissionMode == rayv1.SidecarMode {
			beside := common.GetDefaultSubmitterContainer(&cluster.Spec)
			submitting(&beside, &job, &cluster, rayv1.SidecarMode)
			head := &cluster.Spec.HeadGroupSpec.Template.Spec
			head.Containers = append(head.Containers, beside)
			head.RestartPolicy = corev1.RestartPolicyNever
		}
		found = clusterPods(*cluster.DeepCopy())
	}
	// Without a template of its own the submitter runs the image of the cluster, which a job that selects one does not say.
	known := own != nil || job.Spec.SubmitterPodTemplate != nil
	if known && (job.Spec.SubmissionMode == rayv1.K8sJobMode || job.Spec.SubmissionMode == "") {
		template := common.GetSubmitterTemplate(&job.Spec, &cluster.Spec)
		submitting(&template.Spec.Containers[utils.RayContainerIndex], &job, &cluster, rayv1.K8sJobMode)
		if utils.IsK8sAuthEnabled(cluster.Spec.AuthOptions) {
			common.AddRayTokenVolume(&template.Spec)
		}
		found = append(found, batchv1.Job{
			TypeMeta:   metav1.TypeMeta{APIVersion: "batch/v1", Kind: "Job"},
			ObjectMeta: metav1.ObjectMeta{Name: job.Name, Namespace: job.Namespace},
			Spec:       batchv1.JobSpec{Template: template},
		})
	}
	return found
}

func submitting(container *corev1.Container, job *rayv1.RayJob, cluster *rayv1.RayCluster, mode rayv1.JobSubmissionMode) {
	command, err := common.BuildJobSubmitCommand(job, mode)
	must(err)
	if len(container.Command) == 0 || mode == rayv1.SidecarMode {
		container.Command = utils.GetContainerCommand([]string{"e"})
		container.Args = []string{strings.Join(command, " ")}
	}
	container.Env = append(container.Env,
		corev1.EnvVar{Name: "PYTHONUNBUFFERED", Value: "1"},
		corev1.EnvVar{Name: utils.RAY_DASHBOARD_ADDRESS, Value: job.Status.DashboardURL},
		corev1.EnvVar{Name: utils.RAY_JOB_SUBMISSION_ID, Value: job.Status.JobId})
	if utils.IsAuthEnabled(&cluster.Spec) {
		common.SetContainerTokenAuthEnvVars(cluster.Name, container, cluster.Spec.AuthOptions)
	}
}

func clusterPods(cluster rayv1.RayCluster) []any {
	ctx := context.Background()
	address := utils.GenerateFQDNServiceName(ctx, cluster, cluster.Namespace)
	port := common.GetHeadPort(cluster.Spec.HeadGroupSpec.RayStartParams)
	scaling := utils.IsAutoscalingEnabled(&cluster.Spec)
	creator := utils.GetCRDType(cluster.Labels[utils.RayOriginatedFromCRDLabelKey])

	head := cluster.Spec.HeadGroupSpec
	head.RayStartParams = copied(head.RayStartParams)
	name := utils.PodName(cluster.Name, rayv1.HeadNode, true)
	template := common.DefaultHeadPodTemplate(ctx, cluster, head, name, port)
	found := []any{common.BuildPod(
		ctx, template, rayv1.HeadNode, head.RayStartParams, port, scaling, creator, address, nil, cluster.Spec.RayVersion,
	)}
	for _, group := range cluster.Spec.WorkerGroupSpecs {
		group.RayStartParams = copied(group.RayStartParams)
		name := utils.PodName(fmt.Sprintf("%s-%s", cluster.Name, group.GroupName), rayv1.WorkerNode, true)
		template := common.DefaultWorkerPodTemplate(ctx, cluster, group, name, address, port, "", 0, 0)
		found = append(found, common.BuildPod(
			ctx, template, rayv1.WorkerNode, group.RayStartParams, port, scaling, creator, address, nil,
			cluster.Spec.RayVersion,
		))
	}
	return found
}

// copied is never nil: the operator writes into it.
func copied(params map[string]string) map[string]string {
	made := map[string]string{}
	for name, value := range params {
		made[name] = value
	}
	return made
}
