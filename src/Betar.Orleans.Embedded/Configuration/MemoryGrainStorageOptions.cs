namespace Orleans.Configuration;

public class MemoryGrainStorageOptions;
