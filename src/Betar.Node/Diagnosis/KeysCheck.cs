using Betar.Node.Cli;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Diagnosis;

/// <summary>Every key file that is there: its mode and its format. No key is made, shown or kept.</summary>
internal sealed class KeysCheck : SyncCheck
{
    protected override IEnumerable<Finding> Look(CommandContext context)
    {
        var folder = context.Data;
        yield return File.Exists(folder.IdentityKey)
            ? Judge("identity key", folder.IdentityKey, NodeIdentity.Load(folder).Refusal)
            : Finding.Ok("identity key", "not there yet; the first node makes it");
        if (!Directory.Exists(folder.Keystore))
            yield break;

        var wallets = new Wallets(folder, context.Environment);
        foreach (var wallet in wallets.List())
            yield return Judge("wallet key", wallet.File, wallets.Check(wallet.Name));
    }

    private static Finding Judge(string name, string file, CliRefusal? refusal) => refusal is null
        ? Finding.Ok(name, file)
        : Finding.Wrong(name, refusal.Detail, refusal.Next);
}
