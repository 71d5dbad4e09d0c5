using Betar.Ethereum;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.X402;

namespace Betar.Node.Anvil;

/// <summary>Mints test money on an anvil of ours.</summary>
internal sealed class AnvilFaucet(IChainClient chain, Uri url) : ITestFaucet
{
    /// <summary>Everybody knows the key, so somebody may take the transaction nonce first.</summary>
    private const int Tries = 5;

    public async Task FundAsync(Address account, AtomicAmount amount, CancellationToken cancellationToken)
    {
        string fault = "";
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            RpcOutcome<TransactionReceipt> sent = await AnvilContracts.MintAsync(chain, account, amount.Units, cancellationToken);
            if (sent is { IsValue: true, Value.Succeeded: true })
                return;
            fault = sent.IsValue ? $"transaction {sent.Value.TransactionHash} failed" : sent.Describe();
            if (sent.Error is not { IsNonceTooLow: true })
                break;
        }
        throw new CliRefusedException(ErrorCatalog.ChainUnreachable.Refuse($"The anvil at {url} did not fund {account} ({fault})"));
    }
}
