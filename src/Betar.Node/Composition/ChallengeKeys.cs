using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.X402.Challenges;

namespace Betar.Node.Composition;

/// <summary>The key ring of quotes, kept in the data folder so that a quote outlives a restart, renewed at a start after a day.</summary>
internal static class ChallengeKeys
{
    public const string FileName = "challenge.keys";
    private const int LongestFile = 64 * 1024;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(24);

    public static Checked<ChallengeKeyRing> LoadOrCreate(DataFolder folder, ChallengeOptions options, TimeProvider time)
    {
        string path = Path.Combine(folder.Keystore, FileName);
        if (!File.Exists(path))
        {
            ChallengeKeyRing created = ChallengeKeyRing.Create(options, time);
            Store(path, created);
            return created;
        }

        Checked<byte[]> content = SecretFile.Read(path, LongestFile);
        if (!content.IsOk)
            return content.Refusal;
        bool read = ChallengeKeyRing.TryImport(content.Value, options, time, out ChallengeKeyRing? ring);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(content.Value);
        if (!read)
            return ErrorCatalog.KeyFileMalformed.Refuse($"The key file {path} is not a ring of challenge keys");
        if (time.GetUtcNow() - ring!.CurrentKeyCreatedAt >= s_lifetime)
        {
            ring.Rotate();
            Store(path, ring);
        }
        return ring;
    }

    private static void Store(string path, ChallengeKeyRing ring)
    {
        byte[] exported = ring.Export();
        SecretFile.Replace(path, exported);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(exported);
    }
}
