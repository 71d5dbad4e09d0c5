using Betar.Ethereum.Tests.Support;
using FsCheck.Fluent;

namespace Betar.Ethereum.Tests.Transactions;

public sealed class TransactionPropertyTests
{
    [Fact]
    public void Whatever_is_signed_is_decoded_with_its_signer() => Property.Holds(
        from chainId in Property.Bytes(0, 8)
        from nonce in Property.Bytes(0, 8)
        from priority in Property.Bytes(0, 32)
        from fee in Property.Bytes(0, 32)
        from gas in Property.Bytes(0, 8)
        from to in Property.Bytes(20, 20)
        from value in Property.Bytes(0, 32)
        from data in Property.Bytes(0, 300)
        from creates in Gen.Choose(0, 4)
        select new Eip1559Transaction
        {
            ChainId = (ulong)UInt256.ReadBigEndian(chainId),
            Nonce = (ulong)UInt256.ReadBigEndian(nonce),
            MaxPriorityFeePerGas = UInt256.ReadBigEndian(priority),
            MaxFeePerGas = UInt256.ReadBigEndian(fee),
            GasLimit = (ulong)UInt256.ReadBigEndian(gas),
            To = creates == 0 ? null : new Address(to),
            Value = UInt256.ReadBigEndian(value),
            Data = data,
        },
        transaction =>
        {
            var signed = transaction.Sign(TestKeys.Payer);
            return Eip1559Transaction.TryDecode(signed.Raw, out var decoded, out var fault)
                && fault is null
                && decoded!.Sender == TestKeys.PayerAddress
                && decoded.Hash == signed.Hash
                && decoded.Transaction.Data.Span.SequenceEqual(transaction.Data.Span)
                && decoded.Transaction with { Data = default } == transaction with { Data = default };
        },
        300);

    [Fact]
    public void Each_field_is_part_of_the_hash()
    {
        var good = new Eip1559Transaction { ChainId = 84532, Nonce = 1, GasLimit = 21_000, To = TestKeys.Usdc };
        Eip1559Transaction[] all =
        [
            good,
            good with { ChainId = 1 },
            good with { Nonce = 2 },
            good with { GasLimit = 21_001 },
            good with { To = TestKeys.PayerAddress },
            good with { To = null },
            good with { Value = 1 },
            good with { MaxFeePerGas = 1 },
            good with { MaxPriorityFeePerGas = 1 },
            good with { Data = new byte[] { 0 } },
        ];
        Assert.Equal(all.Length, all.Select(transaction => transaction.Sign(TestKeys.Payer).Hash).Distinct().Count());
        Assert.Equal(good.Sign(TestKeys.Payer).Hash, good.Sign(TestKeys.Payer).Hash);
        Assert.NotEqual(good.Sign(TestKeys.Payer).Hash, good.Sign(TestKeys.Seller).Hash);
    }
}
