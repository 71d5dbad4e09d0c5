using System.Net;
using Betar.Ethereum;
using Betar.Node.Anvil;
using Betar.Node.Devnet;
using Betar.Node.Errors;

namespace Betar.Node.Cli.Chain;

/// <summary>Starts anvil, puts the contracts there, says where, and ends it.</summary>
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

        var started = await AnvilProcess.StartAsync(program, listen, context.Time, cancellation);
        if (!started.IsOk)
            return started.Refusal;
        await using var anvil = started.Value;
        using var http = new HttpClient();
        var chain = new JsonRpcChainClient(http, anvil.Url, new JsonRpcOptions { ReceiptInterval = TimeSpan.FromMilliseconds(10) }, context.Time);
        if (await AnvilContracts.DeployAsync(chain, [.. anvil.Accounts.Union(funded)], cancellation) is { } fault)
            return ErrorCatalog.ChainWrong.Refuse($"The contracts could not be put on {anvil.Url}: {fault}");
        return await ServeAsync(context, anvil, cancellation);
    }

    private static async Task<CliRefusal?> ServeAsync(CommandContext context, AnvilProcess anvil, CancellationToken cancellation)
    {
        var info = new DevnetInfo(anvil.Url, AnvilProcess.ChainId, AnvilContracts.Token, Environment.ProcessId, Vault: AnvilContracts.Vault);
        info.Publish(context.Data.AnvilInfo);
        try
        {
            if (context.Json)
                JsonOutput.WriteLine(context.Out, info.WriteTo);
            else
                context.Out.WriteLine($"Anvil, chain {info.ChainId}, answers JSON-RPC at {info.Url}; USDC is {info.Token}, the vault {info.Vault}. Ctrl-C stops it.");
            await context.Out.FlushAsync(CancellationToken.None);

            var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var signal = cancellation.Register(asked.SetResult);
            await Task.WhenAny(asked.Task, anvil.Ended);
            return cancellation.IsCancellationRequested ? null : ErrorCatalog.ChainUnreachable.Refuse($"The anvil at {anvil.Url} has ended", "start it again; its chain is gone");
        }
        finally
        {
            File.Delete(context.Data.AnvilInfo);
        }
    }
}
