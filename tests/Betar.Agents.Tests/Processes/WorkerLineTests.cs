using System.Text;
using Betar.Agents.Processes;

namespace Betar.Agents.Tests.Processes;

public sealed class WorkerLineTests
{
    [Theory]
    [InlineData("""{"id":1,"output":"a"}""")]
    [InlineData("""{"id":1,"error":"a"}""")]
    [InlineData("""{"id":1,"partial":"a"}""")]
    [InlineData("""{"id":1,"call":2,"method":"market.search","params":{}}""")]
    [InlineData("""{"id":1,"output":"","more":true}""")]
    public void A_line_of_one_kind_is_taken(string line) => Assert.Equal(1, WorkerLine.Parse(Encoding.UTF8.GetBytes(line))?.Id);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("""{"output":"a"}""")]
    [InlineData("""{"id":"1","output":"a"}""")]
    [InlineData("""{"id":1.5,"output":"a"}""")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":1,"output":1}""")]
    [InlineData("""{"id":1,"output":"a","error":"b"}""")]
    [InlineData("""{"id":1,"id":2,"output":"a"}""")]
    [InlineData("""{"id":1,"output":"\ud800"}""")]
    [InlineData("""{"id":1,"output":"a"} x""")]
    public void Any_other_line_is_none(string line) => Assert.Null(WorkerLine.Parse(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void Bytes_that_are_no_text_are_no_line() => Assert.Null(WorkerLine.Parse([.. "{\"id\":1,\"output\":\""u8, 0xff, .. "\"}"u8]));

    [Theory]
    [InlineData("a\nbb\nccc\n", 3, "a|bb|ccc|-")]
    [InlineData("a\nbbbb\nc\n", 3, "a|-")]
    [InlineData("a\nhalf", 9, "a|-")]
    [InlineData("\n\n", 9, "||-")]
    [InlineData("", 9, "-")]
    public async Task Lines_are_cut_and_have_a_limit(string text, int limit, string lines)
    {
        var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), limit);
        List<string> read = [];
        while (await reader.ReadAsync() is { } line)
            read.Add(Encoding.UTF8.GetString(line));

        Assert.Equal(lines, string.Join('|', [.. read, "-"]));
    }

    [Fact]
    public async Task A_line_may_be_longer_than_the_buffer()
    {
        string text = new('x', 50_000);
        var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(text + "\n")), 50_000);

        Assert.Equal(50_000, (await reader.ReadAsync())?.Length);
    }
}
