using System.Security.Cryptography;
using Betar.Storage.Holding;
using Betar.X402.Extensions.SignInWithX;

namespace Betar.Storage.SignIns;

/// <summary>
/// Nonces of a server's sign-ins that outlive it: those that were given out are known by their MAC, those that were used are in a
/// <see cref="BetarDatabase"/> until their time is over. One per database.
/// </summary>
public sealed class DurableSignInNonces : ISignInNonces
{
    private readonly BetarDatabase database;
    private readonly TimeProvider time;
    private readonly RowRoom room;
    private readonly byte[] key;

    private DurableSignInNonces(BetarDatabase database, TimeProvider time, RowRoom room, byte[] key) =>
        (this.database, this.time, this.room, this.key) = (database, time, room, key);

    public static async Task<DurableSignInNonces> OpenAsync(
        BetarDatabase database, SignInNonceOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (options.Faults() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        var key = await database.WriteAsync(new SignInKeyTake(RandomNumberGenerator.GetBytes(SignInNonce.KeySize), cancellationToken));
        var used = await database.ReadAsync(0, static (reader, _) => reader.Connection.ScalarInt64("SELECT count(*) FROM sign_in_used"), cancellationToken);
        return new DurableSignInNonces(database, time, new RowRoom(new RowUse(used, 0), options.MaxUsed), key);
    }

    public Task<string> IssueAsync(DateTimeOffset until, CancellationToken cancellationToken) => Task.FromResult(SignInNonce.Make(key, until));

    public async Task<bool> TryUseAsync(string nonce, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return SignInNonce.TryRead(key, nonce, out var bytes, out var until) && until > now
            && await room.WriteAsync(hasRoom => database.WriteAsync(new SignInUse(database.Prepared, bytes, until, now, hasRoom, cancellationToken)));
    }
}
