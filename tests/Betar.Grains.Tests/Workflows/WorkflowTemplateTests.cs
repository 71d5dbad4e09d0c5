using System.Collections.Immutable;
using System.Text.Json;
using Betar.Grains.Workflows;
using Betar.Tests.Shared;

namespace Betar.Grains.Tests.Workflows;

/// <summary>Templates insert data and nothing else.</summary>
public sealed class WorkflowTemplateTests
{
    private static readonly WorkflowScope s_scope = new("in", """{"city":"Bern","list":[1,"two"]}""", ImmutableDictionary<string, string>.Empty.Add("one", "1st"))
    {
        Item = "it", Index = 3,
    };

    [Theory]
    [InlineData("", "")]
    [InlineData("plain } text { here", "plain } text { here")]
    [InlineData("{{input}}", "in")]
    [InlineData("a {{ input }} b {{item}}{{index}}", "a in b it3")]
    [InlineData("{{steps.one}}", "1st")]
    [InlineData("{{steps.other}}", "")]
    [InlineData("{{previous.city}}", "Bern")]
    [InlineData("{{previous.list}}", """[1,"two"]""")]
    [InlineData("{{previous.list.1}}", "two")]
    [InlineData("{{previous.list.7}}", "")]
    [InlineData("{{previous.city.deeper}}", "")]
    [InlineData("{{input.field}}", "")]
    [InlineData("{{{{input}}", "{{input}}")]
    public void A_template_is_rendered(string template, string expected) => Assert.Equal(expected, WorkflowTemplate.Render(template, s_scope, 1_000));

    [Theory]
    [InlineData("{{input")]
    [InlineData("{{}}")]
    [InlineData("{{nothing}}")]
    [InlineData("{{steps}}")]
    [InlineData("{{steps.later}}")]
    [InlineData("{{item}}")]
    [InlineData("{{index}}")]
    public void What_cannot_be_inserted_is_a_fault(string template) =>
        Assert.NotNull(WorkflowTemplate.FindFault(template, new HashSet<string> { "one" }, inMap: false));

    [Theory]
    [InlineData("{{input}} {{previous.a.b}} {{steps.one.x}}", false)]
    [InlineData("{{item.x}} {{index}}", true)]
    [InlineData("{{{{anything", false)]
    public void What_can_be_inserted_is_none(string template, bool inMap) =>
        Assert.Null(WorkflowTemplate.FindFault(template, new HashSet<string> { "one" }, inMap));

    [Fact]
    public void A_text_has_a_limit()
    {
        Assert.Equal("inin", WorkflowTemplate.Render("{{input}}{{input}}", s_scope, 4));
        Assert.Null(WorkflowTemplate.Render("{{input}}{{input}}", s_scope, 3));
        Assert.Null(WorkflowTemplate.Render("abcd", s_scope, 3));
    }

    [Theory]
    [InlineData("""["a",{"b":1},2]""", new[] { "a", """{"b":1}""", "2" })]
    [InlineData("a\n\n b \r\nc", new[] { "a", "b", "c" })]
    [InlineData("""{"no":"list"}""", new[] { """{"no":"list"}""" })]
    [InlineData("", new string[0])]
    [InlineData("[]", new string[0])]
    public void A_list_is_json_or_lines(string text, string[] items) => Assert.Equal(items, WorkflowTemplate.Items(text));

    /// <summary>Random data with braces and quotes in it: it comes out as it went in, and is never read as a template.</summary>
    [Fact]
    public void What_is_inserted_means_nothing()
    {
        var random = new Random(TestSeed.Value);
        for (int round = 0; round < 2_000; round++)
        {
            string data = Noise(random), around = Noise(random).Replace("{{", "{{{{", StringComparison.Ordinal);
            if (WorkflowTemplate.FindFault(around + "{{input}}", new HashSet<string>(), inMap: false) is not null)
                continue;
            string plain = WorkflowTemplate.Render(around, WorkflowScope.Of(""), 100_000)!;
            Assert.Equal(plain + data, WorkflowTemplate.Render(around + "{{input}}", WorkflowScope.Of(data), 100_000));
            string json = JsonSerializer.Serialize(new Dictionary<string, string> { ["x"] = data });
            Assert.Equal(data, WorkflowTemplate.Render("{{input.x}}", WorkflowScope.Of(json), 100_000));
        }
    }

    /// <summary>Whatever is written, it is a fault or it can be rendered; nothing throws.</summary>
    [Fact]
    public void Every_text_is_a_fault_or_can_be_rendered()
    {
        var random = new Random(TestSeed.Value);
        for (int round = 0; round < 5_000; round++)
        {
            string template = Noise(random);
            if (WorkflowTemplate.FindFault(template, new HashSet<string>(), inMap: true) is null)
                Assert.NotNull(WorkflowTemplate.Render(template, WorkflowScope.Of(template) with { Item = template }, 1_000_000));
        }
    }

    private static string Noise(Random random)
    {
        string[] pieces = ["{", "}", "{{", "}}", "input", "item", "index", "steps.", ".", " ", "\"", "[", "]", "x", "0", "é", "\n"];
        return string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
    }
}
