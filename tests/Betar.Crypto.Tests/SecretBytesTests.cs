namespace Betar.Crypto.Tests;

public sealed class SecretBytesTests
{
    [Fact]
    public void Taking_bytes_wipes_their_source()
    {
        byte[] source = [1, 2, 3];

        using var secret = SecretBytes.Take(source);

        Assert.Equal([1, 2, 3], secret.Span.ToArray());
        Assert.Equal([0, 0, 0], source);
    }

    [Fact]
    public void A_text_is_its_UTF8()
    {
        using var secret = SecretBytes.OfText("pä");

        Assert.Equal("pä"u8.ToArray(), secret.Span.ToArray());
        Assert.Equal(3, secret.Length);
    }

    [Fact]
    public void A_disposed_one_is_wiped_and_cannot_be_read()
    {
        var secret = SecretBytes.OfText("word");
        ReadOnlySpan<byte> kept = secret.Span;

        secret.Dispose();

        Assert.Equal(new byte[4], kept.ToArray());
        Assert.Throws<ObjectDisposedException>(() => secret.Span.Length);
    }

    [Fact]
    public void It_never_shows_itself()
    {
        using var secret = SecretBytes.OfText("word");

        Assert.DoesNotContain("word", secret.ToString(), StringComparison.Ordinal);
    }
}
