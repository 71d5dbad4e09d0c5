using System.Text.Json.Nodes;

namespace Betar.Interop.Tests.Partner;

/// <summary>One partner for all the tests of the assembly, which say at the end who it was and how often it was met.</summary>
public sealed class PartnerFixture : IAsyncLifetime
{
    private const string NotesVariable = "BETAR_TEST_NOTES";
    private readonly Lazy<PartnerProcess> _process = new(PartnerProcess.Start);
    private int _cases;
    private JsonObject? _versions;

    internal PartnerProcess Process => _process.Value;

    internal void CountCase() => Interlocked.Increment(ref _cases);

    internal async Task<PartnerNode> StartAsync(object? options = null)
    {
        var node = await Process.StartNodeAsync(options);
        _versions ??= node.Versions;
        return node;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (!_process.IsValueCreated)
            return;
        await Process.DisposeAsync();
        var note = $"js-libp2p {_versions?.Text("libp2p")} (noise {_versions?.Text("@chainsafe/libp2p-noise")}, yamux {_versions?.Text("@chainsafe/libp2p-yamux")}, "
            + $"Node {_versions?.Text("node")}): {_cases} interop cases";
        if (Environment.GetEnvironmentVariable(NotesVariable) is { Length: > 0 } notes)
            await File.AppendAllTextAsync(notes, note + "\n");
    }
}
