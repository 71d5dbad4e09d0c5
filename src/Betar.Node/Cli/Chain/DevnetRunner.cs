using System.Net;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Chain;

internal static class DevnetRunner
{
    public static Task<CliRefusal?> RunAsync(CommandContext context, IPEndPoint listen, ulong? chainId, CancellationToken cancellation) =>
        Task.FromResult<CliRefusal?>(ErrorCatalog.ChainUnreachable.Refuse("no devnet"));
}
