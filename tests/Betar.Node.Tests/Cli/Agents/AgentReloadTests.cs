using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Control;
using Betar.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Cli.Agents;

/// <summary>A node that a program brings up by itself has no file of agents.</summary>
public sealed class AgentReloadTests
{
    [Theory]
    [InlineData("reload")]
    [InlineData("register", "--name", "more")]
    public async Task What_has_no_file_cannot_be_read_again_or_written_to(string verb, params string[] options)
    {
        using var folder = new TempFolder();
        var context = new NodeContext(TimeProvider.System, NullLoggerFactory.Instance, _ => null);
        await using SellerNode node = await SellerNode.StartAsync(folder.Data, new SellerOptions { Agents = [], Network = NetworksFile.Find(folder.Data, ChainOpener.Devnet).Value }, context, default);
        try
        {
            await using ControlServer server = (await ControlServer.StartAsync(folder.Data, new NodeControl(node).Handlers, NullLogger<ControlServer>.Instance, default)).OrThrow();

            (await CliRun.RunAsync(["agent", verb, .. options, "--data", folder.Path])).AssertRefused("BTR-1026", 2);
        }
        finally
        {
            await node.Chain.StopAsync();
        }
    }
}
