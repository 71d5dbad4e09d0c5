using System.Net;
using Betar.Ethereum;
using Betar.Node.Anvil;
using Betar.Node.Devnet;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Chain;

/// <summary>Starts anvil with the contracts, says where, and ends it.</summary>
internal static class AnvilRunner
{
    public static async Task<CliRefusal?> RunAsync(
        CommandContext context, string program, IPEndPoint listen, IReadOnlyList<Address> funded, CancellationToken cancellation)
    {
        var folder = context.Data.Prepare();
        if (!folder.IsOk)
            return folder.Refusal;
        if (DevnetInfo.ReadAnvil(context.Data) is { } running)
            return ErrorCatalog.FolderInUse.Refuse($"The anvil of {context.Data.Root} is running already (process {running.ProcessId}, {running.Url})");

        var started = await AnvilNode.StartAsync(context.Data, program, listen, funded, context.Time, cancellation);
        if (!started.IsOk)
            return started.Refusal;
        await using var anvil = started.Value;
        var info = anvil.Info;
        if (context.Json)
            JsonOutput.WriteLine(context.Out, info.WriteTo);
        else
            context.Out.WriteLine($"Anvil, chain {info.ChainId}, answers JSON-RPC at {info.Url}; USDC is {info.Token}, the vault {info.Vault}. Ctrl-C stops it.");
        await context.Out.FlushAsync(CancellationToken.None);

        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var signal = cancellation.Register(asked.SetResult);
        await Task.WhenAny(asked.Task, anvil.Ended);
        return cancellation.IsCancellationRequested ? null : ErrorCatalog.ChainUnreachable.Refuse($"The anvil at {info.Url} has ended", "start it again; its chain is gone");
    }
}
