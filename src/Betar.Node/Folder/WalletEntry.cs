using Betar.Ethereum;

namespace Betar.Node.Folder;

/// <summary>A key file as the folder shows it, unopened. The address is what the file names; null when only its key would tell.</summary>
public sealed record WalletEntry(string Name, string File, Address? Address);
