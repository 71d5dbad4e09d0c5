using Betar.Crypto;
using Betar.Crypto.Native;
using Betar.Node.Cli;
using Betar.Storage;

namespace Betar.Node.Diagnosis;

internal sealed class NativeLibrariesCheck : SyncCheck
{
    protected override IEnumerable<Finding> Look(CommandContext context)
    {
        foreach (var library in NativeDependency.All)
        {
            if (library.FindInstalled() is { } file)
                yield return Finding.Ok(library.Name, file);
            else if (library.Required)
                yield return Finding.Wrong(library.Name, $"missing; needed for {library.Purpose}", library.HowToInstall);
            else
                yield return Finding.Note(library.Name, $"missing; used for {library.Purpose}", library.HowToInstall);
        }

        yield return Finding.Ok("secp256k1", $"signatures by {Secp256k1.Backend}");
        yield return Finding.Ok("sqlite", BetarDatabase.Library);
    }
}
