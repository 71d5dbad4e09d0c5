using System.Text.Json;

namespace Betar.Node.Tests.Support;

/// <summary>A <c>betar p2p listen --json</c> as a process of its own, ended with the test.</summary>
internal sealed class RunningPeer : IDisposable
{
    private RunningPeer(NodeProgram program, JsonElement first) => (Program, First) = (program, first);

    public NodeProgram Program { get; }

    public JsonElement First { get; }

    public string PeerId => First.GetProperty("peerId").GetString()!;

    public string Address => First.GetProperty("addresses")[0].GetString()!;

    public static async Task<RunningPeer> StartAsync(params string[] options)
    {
        var program = NodeProgram.Start(["p2p", "listen", "--json", .. options]);
        return new RunningPeer(program, await NextAsync(program));
    }

    /// <summary>The next line with this event; others before it are passed over.</summary>
    public async Task<JsonElement> EventAsync(string kind, Predicate<JsonElement>? fits = null)
    {
        while (true)
        {
            var line = await NextAsync(Program);
            if (line.GetProperty("event").GetString() == kind && (fits is null || fits(line)))
                return line;
        }
    }

    public async Task<CliRun> StopAsync()
    {
        await Program.SignalAsync("TERM");
        return await Program.EndAsync();
    }

    public void Dispose() => Program.Dispose();

    private static async Task<JsonElement> NextAsync(NodeProgram program)
    {
        var line = await program.ReadLineAsync() ?? throw new InvalidOperationException((await program.EndAsync()).Error);
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }
}
