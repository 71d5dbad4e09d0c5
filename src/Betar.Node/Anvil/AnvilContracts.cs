using Betar.Crypto;
using Betar.Ethereum;
using Betar.Node.Folder;

namespace Betar.Node.Anvil;

/// <summary>
/// The contracts on a fresh anvil. Their creator's key is known to everybody, so that they stand at the same addresses on each; it owns
/// the test token and nothing else.
/// </summary>
internal static class AnvilContracts
{
    /// <summary>What each account is given: a million.</summary>
    public const ulong Gift = 1_000_000_000_000;

    private const ulong CreationGas = 4_000_000;
    private const ulong MintGas = 150_000;
    private static readonly TimeSpan InclusionTime = TimeSpan.FromSeconds(30);

    private static readonly PrivateKey Creator = PrivateKey.Import(Keccak256.Hash("betar chain up"u8));

    /// <summary>Who may mint.</summary>
    public static Address Owner { get; } = Address.FromKey(Creator);

    public static Address Token { get; } = ContractAddress.OfCreate(Owner, 0);

    public static Address Vault { get; } = ContractAddress.OfCreate(Owner, 1);

    /// <summary>Null when all stands; otherwise what went wrong.</summary>
    public static async Task<string?> DeployAsync(IChainClient chain, IReadOnlyCollection<Address> funded, CancellationToken cancellation)
    {
        var usdc = ContractArtifact.Load("TestUsdc");
        var vault = ContractArtifact.Load("PaymentVault");
        var mint = usdc.Abi.Function("mint");
        var transactions = new List<Eip1559Transaction>
        {
            Next(0, null, CreationGas, usdc.Abi.EncodeCreation(usdc.Bytecode, Owner)),
            Next(1, null, CreationGas, vault.Abi.EncodeCreation(vault.Bytecode, Token)),
        };
        foreach (var account in funded)
            transactions.Add(Next((ulong)transactions.Count, Token, MintGas, mint.Encode(account, (UInt256)Gift)));

        foreach (var transaction in transactions)
        {
            var sent = await chain.SendRawTransactionSyncAsync(transaction.Sign(Creator).Raw, InclusionTime, cancellation);
            if (!sent.TryGetValue(out var receipt))
                return sent.Describe();
            if (!receipt.Succeeded)
                return $"transaction {receipt.TransactionHash} failed";
        }

        return null;
    }

    /// <summary>Gives test money to an account of a chain that has the contracts.</summary>
    public static async Task<RpcOutcome<TransactionReceipt>> MintAsync(IChainClient chain, Address account, UInt256 amount, CancellationToken cancellation)
    {
        var nonce = await chain.GetTransactionCountAsync(Owner, BlockTag.Pending, cancellation);
        var mint = ContractArtifact.Load("TestUsdc").Abi.Function("mint");
        return await chain.SendRawTransactionSyncAsync(
            Next(nonce, Token, MintGas, mint.Encode(account, amount)).Sign(Creator).Raw, InclusionTime, cancellation);
    }

    private static Eip1559Transaction Next(ulong nonce, Address? to, ulong gasLimit, byte[] data) =>
        new() { ChainId = AnvilProcess.ChainId, Nonce = nonce, GasLimit = gasLimit, To = to, Data = data };
}
