package figurecheck
import ("testing";"strings";"syscall")
func cpu() float64 { var r syscall.Rusage; syscall.Getrusage(0,&r); return float64(r.Utime.Sec)+float64(r.Utime.Usec)/1e6+float64(r.Stime.Sec)+float64(r.Stime.Usec)/1e6 }
func TestPerf(t *testing.T){
	for _,u:=range []string{"1 ","\n1","(1","1、"}{ s:=strings.Repeat(u,1<<20/len(u)); a:=cpu(); Find(s); t.Logf("%q %.2f",u,cpu()-a)}
}
