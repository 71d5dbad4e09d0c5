using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Folder;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Benchmarks.Node;

/// <summary>The whole node in this process, on a test chain in another one; gone with its folder at the end.</summary>
internal sealed class FleetNode : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("betar-bench-");

    public SellerNode Node { get; private set; } = null!;

    public static async Task<FleetNode> StartAsync(int agents, int silos = 1)
    {
        var fleet = new FleetNode();
        var folder = new DataFolder(fleet._folder.FullName);
        fleet.Node = await SellerNode.StartAsync(
            folder,
            new SellerOptions
            {
                Agents = [.. Enumerable.Range(0, agents).Select(Declare)],
                Network = NetworksFile.Find(folder, ChainOpener.Devnet).Value,
                Silos = silos,
            },
            new NodeContext(TimeProvider.System, NullLoggerFactory.Instance, _ => null),
            CancellationToken.None);
        return fleet;
    }

    public string IdOf(int agent) => Node.Identity.AgentId(Name(agent));

    public async ValueTask DisposeAsync()
    {
        if (Node is not null)
        {
            await Node.Chain.StopAsync();
            await Node.DisposeAsync();
        }
        _folder.Delete(recursive: true);
    }

    private static string Name(int agent) => $"agent {agent}";

    private static AgentDeclaration Declare(int agent) => new()
    {
        Name = Name(agent),
        Description = $"Answers with what it was told; the one with the number {agent}.",
        Executor = new ExecutorDeclaration("builtin", "echo"),
    };
}
