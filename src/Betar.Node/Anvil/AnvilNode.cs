using System.Net;
using Betar.Ethereum;
using Betar.Node.Devnet;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Anvil;

/// <summary>
/// The anvil of a data folder with our contracts on it: one that runs already is joined and left alone, otherwise one is started,
/// said in the folder, and ended with us.
/// </summary>
internal sealed class AnvilNode : IAsyncDisposable
{
    private static readonly TimeSpan ReceiptInterval = TimeSpan.FromMilliseconds(10);

    private readonly DataFolder folder;
    private readonly AnvilProcess? process;
    private readonly TaskCompletionSource never = new();

    private AnvilNode(DataFolder folder, DevnetInfo info, AnvilProcess? process)
    {
        this.folder = folder;
        this.process = process;
        Info = info;
    }

    public DevnetInfo Info { get; }

    /// <summary>Completes when an anvil of ours has ended; never for one that was joined.</summary>
    public Task Ended => process?.Ended ?? never.Task;

    /// <summary>A client for a chain that makes a block for each transaction.</summary>
    public static JsonRpcChainClient Client(HttpClient http, Uri url, TimeProvider time) =>
        new(http, url, new JsonRpcOptions { ReceiptInterval = ReceiptInterval }, time);

    public static async Task<Checked<AnvilNode>> JoinOrStartAsync(
        DataFolder folder, string? program, TimeProvider time, CancellationToken cancellation)
    {
        if (DevnetInfo.ReadAnvil(folder) is { } running && await running.AnswersAsync(cancellation))
            return new AnvilNode(folder, running, null);
        return program is null
            ? AnvilProgram.Missing
            : await StartAsync(folder, program, new IPEndPoint(IPAddress.Loopback, 0), [], time, cancellation);
    }

    public static async Task<Checked<AnvilNode>> StartAsync(
        DataFolder folder, string program, IPEndPoint listen, IReadOnlyList<Address> funded, TimeProvider time, CancellationToken cancellation)
    {
        var started = await AnvilProcess.StartAsync(program, listen, time, cancellation);
        if (!started.IsOk)
            return started.Refusal;
        var anvil = started.Value;
        try
        {
            using var http = new HttpClient();
            if (await AnvilContracts.DeployAsync(Client(http, anvil.Url, time), [.. anvil.Accounts.Union(funded)], cancellation) is { } fault)
            {
                await anvil.DisposeAsync();
                return ErrorCatalog.ChainWrong.Refuse($"The contracts could not be put on {anvil.Url}: {fault}");
            }

            var info = new DevnetInfo(anvil.Url, AnvilProcess.ChainId, AnvilContracts.Token, Environment.ProcessId, Vault: AnvilContracts.Vault);
            info.Publish(folder.AnvilInfo);
            return new AnvilNode(folder, info, anvil);
        }
        catch
        {
            await anvil.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
            return;
        File.Delete(folder.AnvilInfo);
        await process.DisposeAsync();
    }
}
