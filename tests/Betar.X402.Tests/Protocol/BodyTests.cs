using System.Text;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Protocol;

public class BodyTests
{
    [Fact]
    public void A_task_is_written_in_the_originals_order() =>
        Assert.Equal(Golden.BodyBase64, Convert.ToBase64String(new TaskBody(Golden.Input, Golden.AgentDid).Write()));

    [Theory]
    [InlineData("""{"input":"i","resource":"r"}""", "i", "r")]
    [InlineData("""{"RESOURCE":"r","Input":"i","more":[1]}""", "i", "r")]
    [InlineData("""{"input":"i"}""", "i", "")]
    [InlineData("{}", "", "")]
    public void Tasks_are_read_like_messages(string json, string input, string resource) =>
        Assert.Equal(new TaskBody(input, resource), TaskBody.Parse(Encoding.UTF8.GetBytes(json)).Value);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("3", 3)]
    [InlineData("-1", 0)]
    [InlineData("9223372036854775807", TaskBody.MostDepth)]
    public void How_many_agents_hired_before_is_read_and_written_where_any_did(string said, int depth)
    {
        TaskBody body = TaskBody.Parse(Encoding.UTF8.GetBytes($$"""{"input":"i","resource":"r","hire_depth":{{said}}}""")).Value!;

        Assert.Equal(depth, body.Depth);
        Assert.Equal(body, TaskBody.Parse(body.Write()).Value);
        Assert.Equal(depth > 0, Encoding.UTF8.GetString(body.Write()).Contains("hire_depth", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain text")]
    [InlineData("[]")]
    [InlineData("""{"input":1}""")]
    [InlineData("""{"input":"i"}}""")]
    [InlineData("""{"input":"\ud800"}""")]
    public void Other_bodies_are_refused(string json) => Assert.False(TaskBody.Parse(Encoding.UTF8.GetBytes(json)).IsOk);

    [Theory]
    [InlineData("""{"output":"4"}""", "4")]
    [InlineData("""{"output":"4","unit":"apples"}""", "4")]
    [InlineData("""{"output":""}""", "")]
    [InlineData("""{"output":null}""", "")]
    [InlineData("", "")]
    [InlineData("NA==", "4")]
    [InlineData("SGVsbG8=", "Hello")]
    [InlineData("plain text", "plain text")]
    [InlineData("""{"output":4}""", """{"output":4}""")]
    [InlineData("""{"output":"4","extra":5}""", """{"output":"4","extra":5}""")]
    [InlineData("""{"output":"4","extra":{}}""", """{"output":"4","extra":{}}""")]
    [InlineData("""{"Output":"4"}""", """{"Output":"4"}""")]
    [InlineData("""{"other":"4"}""", """{"other":"4"}""")]
    [InlineData("""["4"]""", """["4"]""")]
    [InlineData("""{"output":"4"} {}""", """{"output":"4"} {}""")]
    public void Outputs_are_decoded_by_the_originals_rule(string body, string output) =>
        Assert.Equal(output, OutputBody.Decode(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("4")]
    [InlineData("")]
    [InlineData("two\nlines \"quoted\" <b>&amp;</b>")]
    public void Written_outputs_decode_to_themselves(string output) => Assert.Equal(output, OutputBody.Decode(OutputBody.Write(output)));
}
