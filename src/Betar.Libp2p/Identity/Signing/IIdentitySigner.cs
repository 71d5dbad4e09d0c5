namespace Betar.Libp2p.Identity.Signing;

/// <summary>The private half of an identity of one type.</summary>
internal interface IIdentitySigner : IDisposable
{
    PublicKey PublicKey { get; }

    byte[] Sign(ReadOnlySpan<byte> message);

    /// <summary>The data of the <c>PrivateKey</c> message; the caller wipes it.</summary>
    byte[] Export();
}
