namespace Betar.Blocks.Dag;

/// <summary>What a UnixFS message says that its node is.</summary>
public enum UnixFsType
{
    Raw = 0,
    Directory = 1,
    File = 2,
    Metadata = 3,
    Symlink = 4,
    HamtShard = 5,
}
