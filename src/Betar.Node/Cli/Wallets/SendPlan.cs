using Betar.Ethereum;
using Betar.Ethereum.Networks;
using Betar.X402;
using Betar.X402.Schemes.Permit2;

namespace Betar.Node.Cli.Wallets;

/// <summary>A transfer with all that its owner has to know before saying yes.</summary>
/// <param name="Coin">The chain's own coin is sent, and not USDC.</param>
internal sealed record SendPlan(ChainNetwork Network, Address From, Address To, UInt256 Amount, bool Coin, FeeQuote Fee, ulong GasLimit, ulong Nonce)
{
    /// <summary>Nothing is sent: Permit2 may take as much USDC from now on, when <see cref="From"/> signs for it.</summary>
    public bool Allows { get; init; }

    /// <summary>What the token is asked to do.</summary>
    public byte[] TokenCall => Allows ? Permit2Allowance.Approve(new AtomicAmount(Amount)) : Eip3009Token.EncodeTransfer(To, Amount);

    public string AmountText => Coin ? $"{CoinAmount.Format(Amount, CoinAmount.CoinDecimals)} coin" : $"{CoinAmount.Format(Amount, Network.Decimals)} USDC";

    public UInt256 MostFee => Fee.MostFor(GasLimit);

    public string Question => Allows
        ? $"Letting sellers take up to {AmountText} of {From} on {Network} when it signs for it, for a fee of at most {CoinAmount.Format(MostFee, CoinAmount.CoinDecimals)} coin"
        : $"Sending {AmountText} from {From} to {To} on {Network}, for a fee of at most {CoinAmount.Format(MostFee, CoinAmount.CoinDecimals)} coin";

    public (ReadOnlyMemory<byte> Raw, Hash32 Hash) Sign(Betar.Crypto.PrivateKey key)
    {
        var (target, value, data) = Coin ? (To, Amount, []) : (Network.Usdc, UInt256.Zero, TokenCall);
        if (!Fee.HasBaseFee)
        {
            var legacy = new LegacyTransaction
            {
                ChainId = Network.ChainId, Nonce = Nonce, GasPrice = Fee.MaxFeePerGas, GasLimit = GasLimit, To = target, Value = value, Data = data,
            }.Sign(key);
            return (legacy.Raw, legacy.Hash);
        }

        var signed = new Eip1559Transaction
        {
            ChainId = Network.ChainId, Nonce = Nonce, MaxFeePerGas = Fee.MaxFeePerGas, MaxPriorityFeePerGas = Fee.MaxPriorityFeePerGas, GasLimit = GasLimit,
            To = target, Value = value, Data = data,
        }.Sign(key);
        return (signed.Raw, signed.Hash);
    }
}
