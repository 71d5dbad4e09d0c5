namespace Betar.Libp2p.Tests;

public sealed class Libp2pErrorTests
{
    /// <summary>Callers store and compare the numbers; they may be added to and never changed.</summary>
    [Theory]
    [InlineData(Libp2pError.Malformed, 1)]
    [InlineData(Libp2pError.LimitExceeded, 2)]
    [InlineData(Libp2pError.Timeout, 3)]
    [InlineData(Libp2pError.ConnectionClosed, 4)]
    [InlineData(Libp2pError.StreamReset, 5)]
    [InlineData(Libp2pError.UnknownProtocol, 6)]
    [InlineData(Libp2pError.WrongPeer, 7)]
    [InlineData(Libp2pError.SecurityFailed, 8)]
    [InlineData(Libp2pError.NotDialable, 9)]
    [InlineData(Libp2pError.Gated, 10)]
    [InlineData(Libp2pError.Refused, 11)]
    [InlineData(Libp2pError.Closed, 12)]
    [InlineData(Libp2pError.NameNotResolved, 13)]
    public void The_numbers_are_stable(Libp2pError code, int number) => Assert.Equal(number, (int)code);

    [Fact]
    public void No_code_is_forgotten_above() => Assert.Equal(13, Enum.GetValues<Libp2pError>().Length);

    [Fact]
    public void The_exception_carries_its_code_and_its_cause()
    {
        var cause = new IOException("below");

        var error = new Libp2pException(Libp2pError.WrongPeer, "Somebody else answered.", cause);

        Assert.Equal(Libp2pError.WrongPeer, error.Code);
        Assert.Same(cause, error.InnerException);
        Assert.IsAssignableFrom<IOException>(error);
    }
}
