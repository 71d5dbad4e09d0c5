using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Configuration.Settings;
using Betar.Node.Tests.Configuration.Schema;
using Betar.Node.Tests.Marketplace;
using Betar.Node.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Tests.Documents;

/// <summary>The files of <c>samples</c> work as they are, and what is commented out in them works when it is not.</summary>
public sealed class SamplesTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    private static string Sample(string name) => Path.Combine(PageFolder.Repository, "samples", name);

    [Fact]
    public void The_agents_need_no_keys()
    {
        var settings = NodeSettings.Load(_temp.Data, _ => null, new Dictionary<string, IReadOnlyList<string>> { ["agents"] = [Sample("agents.yaml")] });
        SellerOptions options = UpOptions.Read(_temp.Data, _ => null, settings).OrThrow();

        Assert.Equal(["echo", "math", "time"], options.Agents.Select(agent => agent.Name));
        Assert.Empty(options.Warnings);
    }

    [Theory]
    [InlineData(false, 3)]
    [InlineData(true, 8)]
    public void The_agents_keep_to_the_schema_also_those_that_are_commented_out(bool uncommented, int agents)
    {
        string text = File.ReadAllText(Sample("agents.yaml"));
        if (uncommented)
            text = Regex.Replace(text, "^  # ( {2,}|- )", "  $1", RegexOptions.Multiline);
        var stream = new YamlStream();
        stream.Load(new StringReader(text));

        Assert.Equal(agents, AgentsFile.Parse(text, "agents.yaml").OrThrow().Agents.Count);
        Assert.Empty(new SchemaCheck(AgentsSchema.Build()).Faults(JsonNode.Parse(YamlJson.Of(stream.Documents[0].RootNode, new FaultList())!)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_settings_are_in_order_also_those_that_are_commented_out(bool uncommented)
    {
        string text = File.ReadAllText(Sample("config.yaml"));
        _temp.File("config.yaml", uncommented ? Regex.Replace(text, "^# ([a-z0-9_]+: )", "$1", RegexOptions.Multiline) : text);
        NodeSettings settings = NodeSettings.Load(_temp.Data, _ => null, new Dictionary<string, IReadOnlyList<string>>());

        Assert.Null(settings.Fault);
        Assert.Equal(uncommented ? 12 : 8, settings.All.Count(value => value.Origin == SettingOrigin.File));
    }

    /// <summary>The second start: the first one makes keys and a chain.</summary>
    [Fact]
    public async Task They_are_selling_within_three_seconds_when_warm()
    {
        await using var node = new UpNode();
        await node.StartAsync("--agents", Sample("agents.yaml"));
        await node.StopAsync();
        var clock = Stopwatch.StartNew();
        await node.StartAsync("--agents", Sample("agents.yaml"));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 3 * UpNode.Slowness);
        Assert.Equal(["echo", "math", "time"], node.First.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("name").GetString()));
        JsonElement answer = await node.AskAsync("agent", "execute", "--agent-id", node.AgentId("math"), "--task", "(1 + 2) * 3 / 4");
        Assert.Equal("2.25", answer.GetProperty("output").GetString());
        await node.StopAsync();
    }
}
