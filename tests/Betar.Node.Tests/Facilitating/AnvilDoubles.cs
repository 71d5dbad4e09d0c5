using System.Net.Http.Json;
using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Node.Anvil;
using Betar.Node.Devnet;
using Betar.X402.Schemes.AuthCapture;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.Permit2;

namespace Betar.Node.Tests.Facilitating;

/// <summary>Puts stand-ins of ours on an anvil, at the addresses of the contracts that the schemes expect.</summary>
internal static class AnvilDoubles
{
    private static readonly (string Artifact, Address At)[] s_all =
    [
        ("Permit2Double", Permit2Contracts.Permit2), ("ExactProxyDouble", Permit2Contracts.ExactProxy), ("UptoProxyDouble", Permit2Contracts.UptoProxy),
        ("BatchSettlementDouble", BatchContracts.Settlement), ("BatchCollectorDouble", BatchContracts.Eip3009Collector),
        ("EscrowDouble", AuthCaptureDeployment.V10.Escrow), ("EscrowCollectorDouble", AuthCaptureDeployment.V10.Eip3009Collector),
        ("RefundCollectorDouble", AuthCaptureDeployment.V10.RefundCollector!.Value), ("MulticallDouble", Address.Parse("0xcA11bde05977b3631167028862bE2a173976CA11")),
    ];

    public static async Task PlaceAsync(HttpClient http, DevnetInfo anvil)
    {
        JsonRpcChainClient chain = AnvilNode.Client(http, anvil.Url, TimeProvider.System);
        foreach ((string artifact, Address at) in s_all)
            await PlaceAsync(http, anvil, chain, artifact, at);
    }

    public static async Task<TransactionReceipt> SendAsync(IChainClient chain, ulong chainId, PrivateKey from, Address? to, byte[] data)
    {
        var transaction = new Eip1559Transaction
        {
            ChainId = chainId, Nonce = await chain.GetTransactionCountAsync(Address.FromKey(from), BlockTag.Latest, default), GasLimit = 5_000_000, To = to, Data = data,
        };
        RpcOutcome<TransactionReceipt> sent = await chain.SendRawTransactionSyncAsync(transaction.Sign(from).Raw, TimeSpan.FromSeconds(30), default);
        Assert.True(sent is { IsValue: true, Value.Succeeded: true }, sent.IsValue ? "it failed" : sent.Describe());
        return sent.Value;
    }

    /// <summary>Created somewhere, then its code is where it should be: what it took in at its creation comes along.</summary>
    private static async Task PlaceAsync(HttpClient http, DevnetInfo anvil, IChainClient chain, string artifact, Address at)
    {
        using PrivateKey creator = PrivateKey.Generate();
        using JsonDocument json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Root(), "contracts", "artifacts", artifact + ".json")));
        TransactionReceipt made = await SendAsync(chain, anvil.ChainId, creator, null, Convert.FromHexString(json.RootElement.GetProperty("bytecode").GetString().AsSpan(2)));
        Assert.True(made.Succeeded);
        byte[] code = await chain.GetCodeAsync(ContractAddress.OfCreate(Address.FromKey(creator), 0), default);
        await AskAsync(http, anvil, "anvil_setCode", at.ToString(), "0x" + Convert.ToHexStringLower(code));
    }

    public static async Task AskAsync(HttpClient http, DevnetInfo anvil, string method, params string[] parameters)
    {
        using HttpResponseMessage answer = await http.PostAsJsonAsync(anvil.Url, new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        Assert.DoesNotContain("error", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Betar.Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
