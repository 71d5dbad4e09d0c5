using Betar.Ethereum.Keys;
using Betar.Node.Errors;

namespace Betar.Node.Folder;

/// <summary>What a key file's fault is to the person at the terminal.</summary>
internal static class WalletRefusals
{
    public static CliRefusal Of(KeystoreResult result, string path) => result.Fault switch
    {
        KeystoreFault.WrongPassword => ErrorCatalog.WalletPasswordWrong.Refuse($"The password does not open the key file {path}"),
        KeystoreFault.TooExpensive => ErrorCatalog.KeyFileCostly.Refuse($"Opening the key file {path} takes more memory or work than is allowed"),
        _ => ErrorCatalog.KeyFileMalformed.Refuse($"The key file {path} cannot be used: {result.Detail}"),
    };
}
