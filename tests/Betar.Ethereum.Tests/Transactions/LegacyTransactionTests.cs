using Betar.Crypto;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Transactions;

public sealed class LegacyTransactionTests
{
    // The example of EIP-155: key 0x46…46, chain 1.
    const string Example = "f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83";

    static readonly LegacyTransaction _example = new()
    {
        ChainId = 1, Nonce = 9, GasPrice = 20_000_000_000, GasLimit = 21_000, Value = 1_000_000_000_000_000_000,
        To = Address.Parse("0x3535353535353535353535353535353535353535"),
    };

    static PrivateKey Key => PrivateKey.Import(Enumerable.Repeat((byte)0x46, 32).ToArray());

    [Fact]
    public void The_example_of_the_standard_comes_out()
    {
        using var key = Key;

        Assert.Equal("ec098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a764000080018080", Convert.ToHexStringLower(_example.EncodeUnsigned()));
        Assert.Equal(Example, Convert.ToHexStringLower(_example.Sign(key).Raw.Span));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData((1UL << 62) + 1)]
    public void A_chain_whose_id_does_not_fit_a_signature_is_refused(ulong chainId) =>
        Assert.Throws<InvalidOperationException>(() => (_example with { ChainId = chainId }).Sign(TestKeys.Payer));

    [Fact]
    public void The_largest_chain_id_goes_there_and_back()
    {
        var signed = (_example with { ChainId = 1UL << 62 }).Sign(TestKeys.Payer);

        Assert.True(LegacyTransaction.TryDecode(signed.Raw, out var read, out _));
        Assert.Equal((1UL << 62, TestKeys.PayerAddress), (read!.Transaction.ChainId, read.Sender));
    }

    [Theory]
    [InlineData("", "type")]
    [InlineData("02c0", "type")]
    [InlineData("80", "type")]
    [InlineData("c0", "number")]
    [InlineData("c0c0", "exactly one")]
    [InlineData("c50101018101", "recipient")]
    [InlineData("c401010180", "value or data")]
    [InlineData("c60101018080", "exactly one")]
    [InlineData("c6010101808080", "signature")]
    public void Bytes_that_are_no_transaction_have_a_reason(string hex, string reason) => AssertFault(Convert.FromHexString(hex), reason);

    [Theory]
    [InlineData(27, "good on every chain")]
    [InlineData(28, "good on every chain")]
    [InlineData(0, "v, r, s")]
    [InlineData(35, "v, r, s")]
    [InlineData(36, "v, r, s")]
    public void A_signature_for_no_chain_is_refused(byte v, string reason)
    {
        var raw = Convert.FromHexString(Example);
        raw[raw.AsSpan().IndexOf(new byte[] { 0x25, 0xa0, 0x28 })] = v == 0 ? (byte)0x80 : v;

        AssertFault(raw, reason);
    }

    [Fact]
    public void Another_parity_is_another_sender_or_none()
    {
        var raw = Convert.FromHexString(Example);
        raw[raw.AsSpan().IndexOf(new byte[] { 0x25, 0xa0, 0x28 })] = 0x26;

        Assert.True(LegacyTransaction.TryDecode(Convert.FromHexString(Example), out var right, out _));
        Assert.True(!LegacyTransaction.TryDecode(raw, out var other, out _) || other!.Sender != right!.Sender);
    }

    [Fact]
    public void Too_large_a_transaction_and_bytes_behind_it_are_refused()
    {
        AssertFault(new byte[Eip1559Decoder.MaxRawBytes + 1], "too large");
        AssertFault([.. Convert.FromHexString(Example), 0], "exactly one");
    }

    [Fact]
    public void Damaged_transactions_are_refused_or_have_another_hash()
    {
        var good = Convert.FromHexString(Example);
        Assert.True(LegacyTransaction.TryDecode(good, out var right, out _));
        Fuzz.Mutate(good, 3_000, TestSeed.Value, bytes =>
        {
            if (!LegacyTransaction.TryDecode(bytes, out var signed, out var fault))
                Assert.NotNull(fault);
            else if (!bytes.AsSpan().SequenceEqual(good))
                Assert.True(signed!.Hash != right!.Hash && signed.Sender != right.Sender);
        });
    }

    [Fact]
    public void Each_field_is_part_of_the_hash()
    {
        LegacyTransaction[] all =
        [
            _example, _example with { ChainId = 2 }, _example with { Nonce = 10 }, _example with { GasPrice = 1 }, _example with { GasLimit = 1 },
            _example with { To = null }, _example with { Value = 0 }, _example with { Data = new byte[] { 0 } },
        ];

        Assert.Equal(all.Length, all.Select(transaction => transaction.Sign(TestKeys.Payer).Hash).Distinct().Count());
    }

    static void AssertFault(byte[] raw, string reason)
    {
        Assert.False(LegacyTransaction.TryDecode(raw, out var transaction, out var fault));
        Assert.Null(transaction);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }
}
