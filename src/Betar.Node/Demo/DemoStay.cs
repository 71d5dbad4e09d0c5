using Betar.Node.Cli;
using Betar.Node.Composition;
using Betar.Node.Control;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Demo;

/// <summary>What is there once everything was told: the nodes, for whoever wants to ask them more.</summary>
internal static class DemoStay
{
    /// <param name="context">Where it is said.</param>
    /// <param name="seller">Is asked what was sold.</param>
    /// <param name="buyer">Is asked to buy more; null: the buyer is none of our nodes.</param>
    /// <param name="loggers">Of the control sockets.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task StayAsync(CommandContext context, SellerNode seller, SellerNode? buyer, ILoggerFactory loggers, CancellationToken cancellation)
    {
        ILogger<ControlServer> log = loggers.CreateLogger<ControlServer>();
        await using ControlServer sellerControl = await ListenAsync(seller, log, cancellation);
        await using ControlServer? buyerControl = buyer is null ? null : await ListenAsync(buyer, log, cancellation);
        if (!context.Json)
        {
            context.Out.WriteLine("\nIt stays up.");
            if (buyer is not null)
            {
                context.Out.WriteLine($"""
                    To buy more, in another terminal:
                      ./betar market list --data {buyer.Folder.Root}
                      ./betar agent execute --agent-id {DemoAgents.Math} --task "2^64" --data {buyer.Folder.Root}
                    """);
            }

            context.Out.WriteLine($"""
                To see what was sold:
                  ./betar order list --data {seller.Folder.Root}
                  ./betar ledger verify --data {seller.Folder.Root}
                Ctrl-C ends it.
                """);
        }

        await Uptime.WaitAsync(context.Time, buyer is null ? [seller.StoreStopped] : [seller.StoreStopped, buyer.StoreStopped], cancellation);
    }

    private static async Task<ControlServer> ListenAsync(SellerNode node, ILogger<ControlServer> log, CancellationToken cancellation) =>
        (await ControlServer.StartAsync(node.Folder, new NodeControl(node).Handlers, log, cancellation, node.StreamedHandlers)).OrThrow();
}
