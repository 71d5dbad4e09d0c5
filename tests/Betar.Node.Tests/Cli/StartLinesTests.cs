using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli;

/// <summary>What a node prints at its start, which scripts of the original read.</summary>
public sealed class StartLinesTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose()
    {
        FolderChain.End(_temp.Path);
        _temp.Dispose();
    }

    [Fact]
    public async Task A_node_says_who_it_is_where_it_is_and_what_it_sells()
    {
        _temp.File("agents.yaml", "agents: [ { name: echo, price: 0.001, executor: { builtin: echo } } ]");
        using NodeProgram node = NodeProgram.Start(
            "start", "--data", _temp.Path, "--no-mdns", "--port", "0", "--api-port", "0", "-n", "flagged", "-d", "By the options", "-r", "0.002",
            "--openai-base-url", "http://127.0.0.1:9/v1", "--model", "none");
        string[] expected =
        [
            "^Peer ID: 12D3[A-Za-z0-9]+$", "^Addresses: /ip4/.+/p2p/12D3[A-Za-z0-9]+$", "^HTTP API server running on port [1-9][0-9]*$", "^Dashboard: http://127\\.0\\.0\\.1:[0-9]+/dashboard$",
            "^Wallet address: 0x[0-9a-fA-F]{40}$", "^Agent (loaded from config: echo|registered: flagged) \\(did:key:z[A-Za-z0-9]+\\)$",
            "^Agent (loaded from config: echo|registered: flagged) \\(did:key:z[A-Za-z0-9]+\\)$",
        ];

        List<string?> lines = [];
        foreach (string line in expected)
        {
            lines.Add(await node.ReadLineAsync());
            Assert.Matches(line, lines[^1]!);
        }

        Assert.NotEqual(lines[^2], lines[^1]);
        await node.SignalAsync("TERM");
        Assert.Equal(0, (await node.EndAsync()).ExitCode);
    }
}
