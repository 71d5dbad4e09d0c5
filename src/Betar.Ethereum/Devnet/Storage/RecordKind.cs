namespace Betar.Ethereum.Devnet;

/// <summary>First byte of a record's payload. Kept in files: do not renumber.</summary>
internal enum RecordKind : byte
{
    Genesis = 1,
    Block = 2,
    Reorganisation = 3,
}
