using System.IO.Pipelines;
using System.Text.Json;
using Betar.Node.Cli;
using Betar.Node.Control;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Betar.Node.Tests.Mcp;

/// <summary>A real MCP client against <c>betar mcp</c>, and a control socket behind it.</summary>
public sealed class McpSessionTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly List<string> _asked = [];

    [Fact]
    public async Task A_client_finds_buys_and_its_permission_ends_with_the_session()
    {
        await using ControlServer node = await StartNodeAsync();
        Pipe toServer = new(), toClient = new();
        Task<int> command = RunAsync(toServer.Reader.AsStream(), toClient.Writer.AsStream(), "mcp", "--budget", "0.5", "--data", _temp.Path);

        await using (McpClient client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream())))
        {
            IList<McpClientTool> tools = await client.ListToolsAsync();
            CallToolResult bought = await client.CallToolAsync("market_buy", new Dictionary<string, object?> { ["agent"] = "math", ["task"] = "6 * 7", ["max"] = "0.01" });

            Assert.Contains(tools, tool => tool.Name == "market_buy");
            Assert.Contains("42", Assert.IsType<TextContentBlock>(Assert.Single(bought.Content)).Text, StringComparison.Ordinal);
        }

        await toServer.Writer.CompleteAsync();
        Assert.Equal(0, await command);
        Assert.Equal(["mandates.grant 0.5", "agents.execute m-7", "mandates.revoke m-7"], _asked);
    }

    [Fact]
    public async Task A_mandate_and_a_budget_exclude_each_other()
    {
        CliRun run = await CliRun.RunAsync("mcp", "--mandate", "m", "--budget", "1", "--data", _temp.Path);

        run.AssertRefused("BTR-1003", 2);
    }

    [Fact]
    public async Task Without_a_node_a_budget_cannot_be_had()
    {
        CliRun run = await CliRun.RunAsync("mcp", "--budget", "1", "--data", _temp.Path);

        run.AssertRefused("BTR-2010", 1);
    }

    public void Dispose() => _temp.Dispose();

    private async Task<ControlServer> StartNodeAsync() => (await ControlServer.StartAsync(
        DataFolder.Resolve(_temp.Path, _ => null),
        new Dictionary<string, ControlHandler>
        {
            ["mandates.grant"] = (arguments, _) => AnswerAsync("mandates.grant", arguments.GetProperty("limit"), "id", "m-7"),
            ["mandates.revoke"] = (arguments, _) => AnswerAsync("mandates.revoke", arguments.GetProperty("id"), "id", "m-7"),
            ["agents.execute"] = (arguments, _) => AnswerAsync("agents.execute", arguments.GetProperty("mandate"), "output", "42"),
        },
        NullLogger<ControlServer>.Instance, CancellationToken.None)).Value;

    private Task<ControlAnswer> AnswerAsync(string operation, JsonElement said, string name, string value)
    {
        _asked.Add($"{operation} {said.GetString()}");
        return Task.FromResult(ControlAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString(name, value);
            writer.WriteEndObject();
        }));
    }

    private static async Task<int> RunAsync(Stream input, Stream output, params string[] arguments)
    {
        using var text = new StringWriter();
        return await BetarCli.RunAsync(arguments, new CliHost(text, text, _ => null, TimeProvider.System) { Input = input, Output = output });
    }
}
