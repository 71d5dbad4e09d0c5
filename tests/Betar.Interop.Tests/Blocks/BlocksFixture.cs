using System.Text.Json.Nodes;
using Betar.Interop.Tests.Partner;
using Betar.Tests.Shared;

namespace Betar.Interop.Tests.Blocks;

/// <summary>js bitswap and dag-pb, which say at the end who they were and how often they were met.</summary>
public sealed class BlocksFixture : IAsyncLifetime
{
    private readonly Lazy<PartnerProcess> _process = new(() => PartnerProcess.StartJs("Blocks", "js"));
    private int _cases;

    internal Task<JsonObject> AskAsync(string command, object? fields = null, int? node = null)
    {
        Interlocked.Increment(ref _cases);
        return _process.Value.AskAsync(command, node, fields);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (!_process.IsValueCreated)
            return;
        var versions = (await _process.Value.AskAsync("versions", null))["versions"]!;
        await _process.Value.DisposeAsync();
        TestNotes.Add($"@helia/bitswap {versions["@helia/bitswap"]}, @ipld/dag-pb {versions["@ipld/dag-pb"]}, ipfs-unixfs-importer {versions["ipfs-unixfs-importer"]}, "
            + $"Node {versions["node"]}: {_cases} questions");
    }
}
