using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Transactions;

/// <summary>Random transactions: byte for byte what viem signs, and read back whole.</summary>
public sealed class ViemTransactionTests
{
    [Fact]
    public void Both_kinds_are_signed_as_viem_signs_them()
    {
        Assert.Equal(60, ViemTransaction.All.Count(vector => vector.Legacy is not null));
        Assert.Equal(60, ViemTransaction.All.Count(vector => vector.Current is not null));
        foreach (var vector in ViemTransaction.All)
        {
            var (raw, hash, sender) = vector.Legacy?.Sign(vector.Key) is { } legacy
                ? (legacy.Raw, legacy.Hash, legacy.Sender)
                : vector.Current!.Sign(vector.Key) is var current ? (current.Raw, current.Hash, current.Sender) : default;
            Assert.Equal(Convert.ToHexStringLower(vector.Raw), Convert.ToHexStringLower(raw.Span));
            Assert.Equal((vector.Hash, vector.Sender), (hash, sender));
        }

        TestNotes.Add($"transactions against viem 2.56.8: {ViemTransaction.All.Count}");
    }

    [Fact]
    public void Both_kinds_are_read_back_with_their_senders()
    {
        foreach (var vector in ViemTransaction.All)
        {
            if (vector.Legacy is { } legacy)
            {
                Assert.True(LegacyTransaction.TryDecode(vector.Raw, out var signed, out var fault), fault);
                Assert.Equal(legacy with { Data = default }, signed!.Transaction with { Data = default });
                Assert.True(legacy.Data.Span.SequenceEqual(signed.Transaction.Data.Span));
                Assert.Equal((vector.Hash, vector.Sender), (signed.Hash, signed.Sender));
            }
            else
            {
                Assert.True(Eip1559Transaction.TryDecode(vector.Raw, out var signed, out var fault), fault);
                Assert.Equal(vector.Current! with { Data = default }, signed!.Transaction with { Data = default });
                Assert.True(vector.Current.Data.Span.SequenceEqual(signed.Transaction.Data.Span));
                Assert.Equal((vector.Hash, vector.Sender), (signed.Hash, signed.Sender));
            }
        }
    }

    [Fact]
    public void Neither_kind_is_taken_for_the_other()
    {
        foreach (var vector in ViemTransaction.All)
        {
            Assert.Equal(vector.Legacy is not null, LegacyTransaction.TryDecode(vector.Raw, out _, out var legacyFault));
            Assert.Equal(vector.Current is not null, Eip1559Transaction.TryDecode(vector.Raw, out _, out var fault));
            Assert.Contains("transaction type not supported", legacyFault ?? fault, StringComparison.Ordinal);
        }
    }
}
