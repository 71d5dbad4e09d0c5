using System.Text.Json;
using Betar.Grains.Abstractions.Agents;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Sdk.Selling;
using Betar.Sdk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Betar.Sdk.Tests.Selling;

/// <summary>A whole seller within the test's own process.</summary>
public sealed class SellerHostTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_handler_has_what_its_options_promise()
    {
        using var folder = new NodeFolder();
        List<AgentWork> seen = [];
        using IHost host = Seller(folder, agents => agents
            .Map("sub", "0", (work, _) => ValueTask.FromResult<AgentAnswer>($"sub of {work.Input}"))
            .Map("plain", "0", (work, _) => ValueTask.FromResult<AgentAnswer>($"{work.Market is null} {work.Memory.Count}"))
            .Map("whole", "0", async (work, cancellation) =>
            {
                seen.Add(work);
                string agent = (await work.Market!.SearchAsync("sub", 5, cancellation))[0].Agent;
                return (await work.Market.BuyAsync(agent, work.Input, cancellation)).Output;
            }, agent =>
            {
                (agent.MemoryTurns, agent.HirePerTask, agent.HirePerDay) = (3, "0.01", "1");
                agent.Skills.Add(new AgentSkill { SkillId = "s", Name = "s", InputSchema = """{"type":"string","maxLength":5}""" });
            }));
        await host.StartAsync();
        IReadOnlyDictionary<string, string> ids = host.Services.GetRequiredService<BetarSeller>().Agents;
        using var client = new ControlClient(DataFolder.Resolve(folder.Path, _ => null), s_limit);

        Assert.Equal("sub of one", await RunAsync(client, ids["whole"], "one"));
        Assert.Equal("sub of two", await RunAsync(client, ids["whole"], "two"));
        Assert.Equal("True 0", await RunAsync(client, ids["plain"], "x"));
        Checked<JsonElement> refused = await ExecuteAsync(client, ids["whole"], "longer");
        await host.StopAsync();

        Assert.Equal("BTR-4040", refused.Refusal!.Error.Code);
        Assert.Equal(["one", "two"], seen.Select(work => work.Input));
    }

    [Fact]
    public async Task Its_log_can_be_asked_for_and_goes_to_the_programs_log_too()
    {
        using var folder = new NodeFolder();
        var lines = new List<string>();
        using IHost host = Seller(folder, agents => agents.Map("shout", "0", (work, _) => throw new InvalidOperationException("A bug of the handler.")), lines);
        await host.StartAsync();
        string id = host.Services.GetRequiredService<BetarSeller>().Agents["shout"];
        using var client = new ControlClient(DataFolder.Resolve(folder.Path, _ => null), s_limit);
        Assert.False((await ExecuteAsync(client, id, "x")).IsOk);
        JsonElement log = (await client.CallAsync("logs.read", null, CancellationToken.None)).OrThrow();
        await host.StopAsync();

        Assert.Contains(log.GetProperty("records").EnumerateArray(), record => record.GetRawText().Contains("The executor of agent shout threw.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("The executor of agent shout threw.", StringComparison.Ordinal));
    }

    private static async Task<string> RunAsync(ControlClient client, string agent, string input) =>
        (await ExecuteAsync(client, agent, input)).OrThrow().GetProperty("output").GetString()!;

    private static Task<Checked<JsonElement>> ExecuteAsync(ControlClient client, string agent, string input) => client.CallAsync("agents.execute", writer =>
    {
        writer.WriteString("agentId", agent);
        writer.WriteString("task", input);
    }, CancellationToken.None);

    private static IHost Seller(NodeFolder folder, Action<BetarSellerBuilder> agents, List<string>? lines = null)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        if (lines is not null)
            builder.Logging.AddProvider(new ListedLog(lines));
        agents(builder.AddBetarSeller(options => options.DataFolder = folder.Path));
        return builder.Build();
    }
}
