namespace Betar.Node.Errors;

public static partial class ErrorCatalog
{
    public static ErrorEntry FolderNotWritable { get; } = new("BTR-2001", "the data folder cannot be written",
        "choose another with --data, or change its owner or mode");

    public static ErrorEntry FolderInUse { get; } = new("BTR-2002", "another process uses the data folder",
        "stop that process, or choose another folder with --data");

    public static ErrorEntry DatabaseCorrupt { get; } = new("BTR-2003", "the database is damaged or not a Betar database",
        "keep the file, restore a backup of it, or choose another folder with --data");

    public static ErrorEntry DatabaseNewer { get; } = new("BTR-2004", "the database was written by a newer version",
        "run that version, or choose another folder with --data");

    public static ErrorEntry DiskFull { get; } = new("BTR-2005", "the disk is full", "free some space and run it again; nothing was lost")
    {
        HttpStatus = 507, StreamCode = 3000,
    };

    public static ErrorEntry KeyFileMode { get; } = new("BTR-2006", "a key file can be read by others", "run chmod 600 on it");

    public static ErrorEntry KeyFileMalformed { get; } = new("BTR-2007", "a key file is not in its format",
        "restore it from your backup; it was left as it is");

    public static ErrorEntry PortTaken { get; } = new("BTR-2008", "the port is taken or may not be used",
        "choose another, or port 0 for any free one");

    public static ErrorEntry NativeLibraryMissing { get; } = new("BTR-2009", "a native library is missing",
        "install the package that is named");

    public static ErrorEntry NoNode { get; } = new("BTR-2010", "no node is running on the data folder",
        "start one with betar up in another terminal, or name its folder with --data");

    public static ErrorEntry NodeDidNotAnswer { get; } = new("BTR-2011", "the node did not answer",
        "look at its terminal, and start it again if it hangs");

    public static ErrorEntry FileNotReadable { get; } = new("BTR-2012", "a file cannot be read", "change its owner or mode");

    public static ErrorEntry PathTooLong { get; } = new("BTR-2013", "the data folder's path is too long for a control socket",
        "choose a folder with a shorter path with --data");

    public static ErrorEntry ChildDidNotStart { get; } = new("BTR-2014", "a helper process did not start",
        "run the command that is named by itself to see why");

    public static ErrorEntry StoreFailed { get; } = new("BTR-2015", "the store failed", "run betar doctor on the same folder")
    {
        HttpStatus = 500, StreamCode = 3000,
    };

    public static ErrorEntry NoData { get; } = new("BTR-2016", "nothing is kept in the data folder yet",
        "run betar demo to make some, or name another folder with --data");

    public static ErrorEntry DoctorFound { get; } = new("BTR-2020", "something is wrong on this machine", "mend what is named above");

    public static ErrorEntry LedgerFaulty { get; } = new("BTR-2021", "the ledger does not hold",
        "keep the folder as it is and compare it with your last backup");

    public static ErrorEntry DemoFailed { get; } = new("BTR-2022", "the demo did not hold", "run betar doctor, and the demo with --verbose");

    public static ErrorEntry ChainDisagrees { get; } = new("BTR-2023", "ledger and chain disagree",
        "stop selling, keep the folder as it is, and look at what is named");

    public static ErrorEntry ReceiptWrong { get; } = new("BTR-2024", "the receipt does not hold", "ask the seller for the transaction of this payment");

    public static ErrorEntry Interrupted { get; } = new("BTR-2030", "it was stopped before its end", "run it again");

    public static ErrorEntry WalletPasswordMissing { get; } = new("BTR-2040", "there is no password for a key file",
        "set BETAR_WALLET_PASSWORD_FILE to a file that holds it, with mode 0600");

    public static ErrorEntry WalletPasswordWrong { get; } = new("BTR-2041", "the password does not open a key file",
        "set BETAR_WALLET_PASSWORD_FILE to a file that holds the right one");

    public static ErrorEntry WalletExists { get; } = new("BTR-2042", "there is a wallet of that name", "choose another name");

    public static ErrorEntry WalletUnknown { get; } = new("BTR-2043", "there is no such wallet", "run betar wallet list to see those there are");

    public static ErrorEntry NotConfirmed { get; } = new("BTR-2044", "what spends or reveals was not confirmed",
        "answer yes, or add --yes when nobody is at the terminal");

    public static ErrorEntry KeyFileCostly { get; } = new("BTR-2045", "a key file asks for too much memory or work",
        "make it anew with the usual parameters in the wallet that it comes from");

    public static ErrorEntry PeerUnreachable { get; } = new("BTR-2050", "the peer cannot be reached",
        "check that it runs and that the address is its own");

    public static ErrorEntry PeerIsAnother { get; } = new("BTR-2051", "somebody else answered than the peer that was asked for",
        "do not trust it; ask the peer's owner for its address");

    public static ErrorEntry ProtocolNotServed { get; } = new("BTR-2052", "the peer does not serve the protocol",
        "run betar p2p identify on its address to see what it serves");

    public static ErrorEntry PeerBrokeOff { get; } = new("BTR-2053", "the peer broke off, or did not keep to the protocol",
        "run it again; with --verbose it says more");

    public static ErrorEntry GatewayMoves { get; } = new("BTR-2060", "the fleet's host is moving to another silo",
        "ask again in some seconds");

    public static ErrorEntry IdentityElsewhere { get; } = new("BTR-2061", "another node with the same identity runs elsewhere",
        "stop the other node, or give this one a folder with an identity of its own");

    public static ErrorEntry ImportConflict { get; } = new("BTR-2070", "what would be imported is there already, and is another",
        "import into a new folder with --data, or add --replace, which puts aside what is there");

    public static ErrorEntry NothingToImport { get; } = new("BTR-2071", "there is nothing to import",
        "name the original's data folder with --from");

    public static ErrorEntry BackupInvalid { get; } = new("BTR-2072", "the backup is damaged, or is none",
        "use another one; nothing was written");

    public static ErrorEntry RestoreNotEmpty { get; } = new("BTR-2073", "a backup is restored into an empty folder only",
        "name another folder with --data");

    public static ErrorEntry FileThere { get; } = new("BTR-2074", "the file is there already",
        "choose another name; nothing is written over");

    public static ErrorEntry Unexpected { get; } = new("BTR-2099", "something happened that should not",
        "run it again with --verbose and report what it prints")
    {
        HttpStatus = 500, StreamCode = 3000,
    };

    private static ErrorEntry[] EnvironmentErrors() =>
    [
        FolderNotWritable, FolderInUse, DatabaseCorrupt, DatabaseNewer, DiskFull, KeyFileMode, KeyFileMalformed, PortTaken,
        NativeLibraryMissing, NoNode, NodeDidNotAnswer, FileNotReadable, PathTooLong, ChildDidNotStart, StoreFailed, NoData,
        DoctorFound, LedgerFaulty, DemoFailed, ChainDisagrees, ReceiptWrong, Interrupted, WalletPasswordMissing, WalletPasswordWrong, WalletExists, WalletUnknown,
        NotConfirmed, KeyFileCostly, PeerUnreachable, PeerIsAnother, ProtocolNotServed, PeerBrokeOff, GatewayMoves, IdentityElsewhere,
        ImportConflict, NothingToImport, BackupInvalid, RestoreNotEmpty, FileThere, Unexpected,
    ];
}
