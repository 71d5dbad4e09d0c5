using Betar.Ethereum;
using Betar.Node.Cli.Wallets;
using Betar.X402;
using Betar.X402.Schemes.Permit2;

namespace Betar.Node.Cli.Paying;

/// <summary>Whether a wallet may pay by permit: it has the money and lets Permit2 take it. Where the chain cannot be asked, it may not.</summary>
internal sealed class PermitCover(CommandContext context, string network, Address owner)
{
    public async ValueTask<bool> HasAsync(Address token, AtomicAmount amount, CancellationToken cancellation)
    {
        var opened = WalletChain.Of(context, network);
        if (!opened.IsOk)
            return false;
        using var chain = opened.Value;
        if (chain.Network.Usdc != token)
            return false;
        var allowed = await Permit2Allowance.ReadAsync(chain.Client, token, owner, cancellation);
        if (allowed is not { } most || most < amount)
            return false;
        var balance = await new Eip3009Token(chain.Client, token).BalanceOfAsync(owner, cancellation);
        return balance.TryGetValue(out var held) && held >= amount.Units;
    }
}
