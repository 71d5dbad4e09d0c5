using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.SignIns;

/// <summary>The key that is kept, or this one from now on.</summary>
internal sealed class SignInKeyTake(byte[] fresh, CancellationToken cancellation) : WriteOperation<byte[]>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        using (var put = connection.PrepareOnce("INSERT OR IGNORE INTO sign_in_key (id, key) VALUES (1, ?1)"))
            put.Bind(1, fresh).Run();
        using var row = connection.PrepareOnce("SELECT key FROM sign_in_key");
        Result = row.Step() && row.GetBlob(0).Length == SignInNonce.KeySize
            ? row.GetBlob(0).ToArray()
            : throw new StorageException(StorageFailure.Corrupt, $"The key of sign-ins in {connection.Path} cannot be read; restore the file from a backup.");
    }
}
