package figurecheck
import ("testing";"strings";"time";"os")
func TestPerf(t *testing.T){
	b,_:=os.ReadFile("testdata/a-13-county.txt")
	body:=strings.Split(string(b),"\n----\n")[0]
	cases:=map[string]string{"report80k":strings.Repeat(body,1+80000/len([]rune(body))),"report1M":strings.Repeat(body,1+1000000/len(body)),
	"digits":strings.Repeat("1",1<<20),"spaced":strings.Repeat("1 ",1<<19),"list":strings.Repeat("1、",1<<18),"cn":strings.Repeat("一二",1<<17),"cn2":strings.Repeat("百",1<<18),
	"range":strings.Repeat("1-",1<<19),"ratio":strings.Repeat("1:",1<<19),"quote":strings.Repeat("“",1<<18),"title":strings.Repeat("《",1<<18),"dir":strings.Repeat("比高于提高",1<<16),
	"num":strings.Repeat("提高1个百分点",1<<15),"num2":strings.Repeat("比1个",1<<17),"dots":strings.Repeat("1.",1<<19),"comma":strings.Repeat("111,",1<<18),"yi":strings.Repeat("1亿",1<<18),"wan":strings.Repeat("万",1<<18),"paren":strings.Repeat("(1",1<<18),"latin":strings.Repeat("a1",1<<19),"at":strings.Repeat("a@",1<<19),"slash":strings.Repeat("1/月",1<<18),"point":strings.Repeat("点一",1<<17),"sp":strings.Repeat(" ",1<<20),"nl":strings.Repeat("\n1",1<<19),"sgn":strings.Repeat("-1",1<<19),"fu":strings.Repeat("负",1<<18),"yuan":strings.Repeat("1元/人·月",1<<16),"he":strings.Repeat("1和",1<<18),"dq":strings.Repeat("\"",1<<20)}
	for k,s:=range cases{ println(k); st:=time.Now(); n:=len(Find(s)); d:=time.Since(st); if d>300*time.Millisecond||strings.HasPrefix(k,"report"){t.Log(k,len(s),n,d)} }
}
