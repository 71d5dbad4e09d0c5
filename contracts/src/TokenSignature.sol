// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// Whose signature it is: an account's key or a contract's word (ERC-1271), never both. USDC looks at s before it looks at v.
library TokenSignature {
    function isBy(address signer, bytes32 digest, bytes memory signature) internal view returns (bool) {
        if (signer.code.length > 0) return SignatureChecker.isValidERC1271SignatureNow(signer, digest, signature);

        require(signature.length == 65, "ECRecover: invalid signature length");
        (address recovered, ECDSA.RecoverError fault,) = ECDSA.tryRecover(digest, signature);
        require(fault != ECDSA.RecoverError.InvalidSignatureS, "ECRecover: invalid signature 's' value");
        uint8 v = uint8(signature[64]);
        require(v == 27 || v == 28, "ECRecover: invalid signature 'v' value");
        require(fault == ECDSA.RecoverError.NoError, "ECRecover: invalid signature");
        return recovered == signer;
    }
}
