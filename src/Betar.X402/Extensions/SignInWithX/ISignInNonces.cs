namespace Betar.X402.Extensions.SignInWithX;

/// <summary>The nonces that a server gave out. Each is good for one sign-in.</summary>
public interface ISignInNonces
{
    Task<string> IssueAsync(DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>True once for each that was issued and is not over.</summary>
    Task<bool> TryUseAsync(string nonce, CancellationToken cancellationToken);
}
