// Command oracle answers what the KubeRay operator's own code says of an object.
//
// It reads one JSON object a line (a ray.io/v1 object, after the CRD's defaulting) and writes one JSON array a line: the
// messages of its validators, none where the operator accepts; with --pods, the pods that it would make, one of each
// group. Feature gates are given as the operator takes them: --feature-gates=A=true.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"github.com/ray-project/kuberay/ray-operator/controllers/ray/utils"
	"github.com/ray-project/kuberay/ray-operator/pkg/features"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
)

func main() {
	gates := flag.String("feature-gates", "", "gates as the operator takes them")
	making := flag.Bool("pods", false, "answer with the pods that the operator would make")
	flag.Parse()
	if err := utilfeature.DefaultMutableFeatureGate.Set(*gates); err != nil {
		fail(err)
	}
	_ = features.Enabled(features.RayClusterStatusConditions)

	answer := func(line []byte) any { return messages(line) }
	if *making {
		answer = func(line []byte) any { return pods(line) }
	}
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	encoder := json.NewEncoder(out)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 1 {
			if err := encoder.Encode(answer(line)); err != nil {
				fail(err)
			}
			if in.Buffered() == 0 {
				_ = out.Flush()
			}
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			fail(err)
		}
	}
	_ = out.Flush()
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// messages names what the operator would refuse; an object that Go cannot decode is refused as such.
func messages(line []byte) []string {
	var kind metav1.TypeMeta
	if err := json.Unmarshal(line, &kind); err != nil {
		return []string{err.Error()}
	}
	checks, err := checksOf(kind.Kind, line)
	if err != nil {
		return []string{err.Error()}
	}
	found := []string{}
	for _, check := range checks {
		if err := outcome(check); err != nil {
			found = append(found, err.Error())
		}
	}
	return found
}

// outcome is what a check says; one that panics would have stopped the operator's work on the object, so it counts as
// refused.
func outcome(check func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("the operator panics: %v", cause)
		}
	}()
	return check()
}

func checksOf(kind string, line []byte) ([]func() error, error) {
	switch kind {
	case "RayCluster":
		object := &rayv1.RayCluster{}
		return []func() error{
			func() error { return utils.ValidateRayClusterMetadata(object.ObjectMeta) },
			func() error { return utils.ValidateRayClusterSpec(&object.Spec, object.Annotations) },
			func() error { return utils.ValidateRayClusterUpgradeOptions(object) },
		}, json.Unmarshal(line, object)
	case "RayJob":
		object := &rayv1.RayJob{}
		return []func() error{
			func() error { return utils.ValidateRayJobMetadata(object.ObjectMeta) },
			func() error { return utils.ValidateRayJobSpec(object) },
		}, json.Unmarshal(line, object)
	case "RayService":
		object := &rayv1.RayService{}
		return []func() error{
			func() error { return utils.ValidateRayServiceMetadata(object.ObjectMeta) },
			func() error { return utils.ValidateRayServiceSpec(object) },
		}, json.Unmarshal(line, object)
	case "RayCronJob":
		object := &rayv1.RayCronJob{}
		return []func() error{
			func() error { return utils.ValidateRayCronJobSpec(object) },
		}, json.Unmarshal(line, object)
	}
	return nil, fmt.Errorf("kind %q is not of ray.io", kind)
}
